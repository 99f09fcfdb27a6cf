"""Where channels bring their messages."""
