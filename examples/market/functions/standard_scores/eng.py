from ouverture.pool import object_d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c as mean
from ouverture.pool import object_5e05066543a220cbe64cf2cc772b5c440191d271d9b7ed826a754b4b78903cc8 as standard_deviation


def standard_scores(values):
    """How many standard deviations each number is from the mean."""
    center = mean(values)
    width = standard_deviation(values)
    return [0.0 if width == 0 else (value - center) / width for value in values]
