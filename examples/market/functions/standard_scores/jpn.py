from ouverture.pool import object_d06024133566034748895a63d9c8b9b7695346b9571035ca0fd1f7b1df4f776c as 平均
from ouverture.pool import object_5e05066543a220cbe64cf2cc772b5c440191d271d9b7ed826a754b4b78903cc8 as 標準偏差


def 標準得点(値の列):
    """それぞれの数が、平均から標準偏差の何倍離れているか。"""
    中心 = 平均(値の列)
    幅 = 標準偏差(値の列)
    return [0.0 if 幅 == 0 else (値 - 中心) / 幅 for 値 in 値の列]
