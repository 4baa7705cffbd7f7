"""Text to articles and sentences, offsets kept."""
