def mean(values):
    """The arithmetic mean of some numbers.

    Raises ValueError where there are none.
    """
    if not values:
        raise ValueError("mean of nothing")
    return sum(values) / len(values)
