"""The weekly report of the shop."""

from ouverture.pool import object_1a10a1ae3d69b80ed435436035c1e583a15310c0ba41c92615061ab52d27875a as discounted_total
from ouverture.pool import object_d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c as mean
from ouverture.pool import object_e9c4b997761b067f4ffd2bdfd47fb421a1642fbcfd3d68263e17571878416110 as outliers


def weekly_report(takings):
    """What the week was like, in three lines."""
    return [
        f"mean of a day: {mean(takings):.2f}",
        f"unusual days: {outliers(takings, 1.5)}",
        f"staff order: {discounted_total([(3, 4.5), (1, 12.0)], 10)}",
    ]


if __name__ == "__main__":
    print("\n".join(weekly_report([812.4, 790.0, 1204.9, 801.2, 799.5, 40.0])))
