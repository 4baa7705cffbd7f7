"""The program for others to ask: a page and JSON on this machine, and a server of the Model Context Protocol."""
