"""The words and pictures of the demo site, kept as data: see README.md in this folder for the format."""
