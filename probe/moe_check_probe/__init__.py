"""What the probe scripts share. Standard library only, Python 3.8 and later."""
