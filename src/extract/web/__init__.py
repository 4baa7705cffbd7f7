"""What the pages served on this machine share: who may speak to them, and where they listen."""
