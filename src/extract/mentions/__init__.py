"""What else a sentence names: times, areas, cues of status."""
