from ouverture.pool import object_f80e754f8ec36a6bd982257b01d1ac717c6fc46776138589f58ca8fcd7d62501 as standard_scores


def outliers(values, limit=2.0):
    """The values that are farther from the others than the limit says."""
    return [value for value, score in zip(values, standard_scores(values)) if abs(score) > limit]
