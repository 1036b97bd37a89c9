"""The HTML face: pages that work without scripts, cookies and sessions, a module for each thing one can do."""
