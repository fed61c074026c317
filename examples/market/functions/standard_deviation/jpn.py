from math import sqrt

from ouverture.pool import object_d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c as 平均


def 標準偏差(値の列):
    """数が平均からどれほど離れているか。"""
    中心 = 平均(値の列)
    return sqrt(平均([(値 - 中心) ** 2 for 値 in 値の列]))
