from math import sqrt

from ouverture.pool import object_d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c as mean


def standard_deviation(values):
    """How far numbers are from their mean, as a rule."""
    center = mean(values)
    return sqrt(mean([(value - center) ** 2 for value in values]))
