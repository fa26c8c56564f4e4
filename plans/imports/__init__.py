"""What an import does, whatever it reads: read, correct, look through, apply once or discard."""
