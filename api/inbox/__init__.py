"""The place of the inbox's web pages: where people receive hand-offs in the browser."""
