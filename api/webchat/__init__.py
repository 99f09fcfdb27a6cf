"""The web chat: a page, a script that embeds it in any site, and the visitor's API behind both."""
