"""店の売上をまとめる。"""

from ouverture.pool import object_e9c4b997761b067f4ffd2bdfd47fb421a1642fbcfd3d68263e17571878416110 as 外れ値
from ouverture.pool import object_f80e754f8ec36a6bd982257b01d1ac717c6fc46776138589f58ca8fcd7d62501 as 標準得点
from ouverture.pool import object_7e8ffa5e56603024f9ea0acefa9bfedcbfe5c258cc039121221ce7d211c3933e as 商品を探す


def まとめ(売上):
    """日ごとの得点と、ふだんと違う日。"""
    return [round(得点, 2) for 得点 in 標準得点(売上)], 外れ値(売上, 1.5)


if __name__ == "__main__":
    print(まとめ([81, 79, 120, 80, 79, 4]), list(商品を探す(["緑茶", "ほうじ茶"], "茶")))
