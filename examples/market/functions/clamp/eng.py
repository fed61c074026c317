def clamp(value, lowest, highest):
    """Keep a value between two bounds."""
    return max(lowest, min(value, highest))
