"""What `import extract` offers: files and texts in, metrics out, singly, many at a time, and for data frames."""
