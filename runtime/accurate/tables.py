"""Constants of the kernels, as sums of floats, computed in balls; a test computes them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from leanmirror.runtime.accurate.expansions import Expansion, floats
from leanmirror.runtime.accurate.pairs import Pair
from leanmirror.runtime.arrays import Array


def _pair(numbers: Sequence[str]) -> Pair:
    high, low = (np.float64(n) for n in floats(numbers))
    return np.asarray(high), np.asarray(low)


def _expansion(root: tuple[str, str, str], coefficients: Sequence[Sequence[str]]) -> Expansion:
    high, middle, low = floats(root)
    return Expansion((high, middle, low), tuple((one, rest) for one, rest in map(floats, coefficients)))


def _columns(rows: Sequence[Sequence[str]]) -> tuple[Array, ...]:
    return tuple(np.array([floats(row) for row in rows]).T)


GELU_RATE: Final = _pair(("0x1.9884533d43651p+0", "-0x1.cbc0d30ebfd15p-54"))
"""2·√(2/π)"""
GELU_CUBIC: Final = _pair(("0x1.2444f2a4d8b4bp-4", "-0x1.6c843a29d1c70p-61"))
"""2·√(2/π)·0.044715"""
SHIFT: Final = _pair(("0x1.62e42fefa39efp+6", "0x1.abc9e3b39803fp-49"))
"""128·log 2"""

GELU_DERIVATIVE: Final = _expansion(
    ("-0x1.81429f9e97e4dp-1", "0x1.4f523ed77dbdcp-55", "-0x1.a649fca8ac0e5p-109"),
    (
        ("0x1.b8bacd2c96b91p-2", "0x1.7625a206be83dp-56"),
        ("0x1.8cd1a2b2fff33p-2", "-0x1.d8ac0572d1edbp-56"),
        ("-0x1.029615edb077ap-6", "0x1.5f4a8473328ecp-60"),
        ("-0x1.d2b77346470abp-4", "0x1.d419c77b0c3edp-60"),
        ("-0x1.104a83edc0ddcp-6", "-0x1.ada95ffa32235p-60"),
        ("0x1.427996dc249cep-6", "-0x1.3e301c225d050p-61"),
        ("0x1.58c9ed713486cp-8", "-0x1.bae477471e7c8p-65"),
        ("-0x1.3d8d64170bb72p-9", "0x1.0cdfb36efc807p-63"),
        ("-0x1.e63f294331885p-11", "-0x1.bd077a5604cb6p-68"),
        ("0x1.14bf895a69517p-12", "-0x1.ba7ffbb170c21p-69"),
        ("0x1.04936f0ef73dbp-13", "0x1.13f1131fb807bp-70"),
        ("-0x1.253bce9ecae48p-15", "-0x1.715d84c0c0a70p-70"),
        ("-0x1.0b9c949575db9p-16", "-0x1.0e77ede76ad8dp-78"),
        ("0x1.8d30f995eee7cp-18", "0x1.36e32433a1db3p-77"),
        ("0x1.46a0328d00b7ap-19", "0x1.27eadc329de54p-73"),
        ("-0x1.09b6fd46ae70ap-20", "0x1.530768e8e6446p-74"),
        ("-0x1.cecf33fcf1fa4p-22", "0x1.a8625db26a25cp-77"),
        ("0x1.3007fe1df4050p-23", "-0x1.d6698c302b989p-86"),
        ("0x1.43036bb90f7d1p-24", "-0x1.5d6195b881710p-78"),
        ("-0x1.23aefd74d1787p-26", "0x1.3bf9102183666p-80"),
        ("-0x1.9b012e1b21a3bp-27", "0x1.142dfcd737327p-82"),
        ("0x1.e4d300ae6240fp-30", "0x1.63a1e8e433ad0p-85"),
        ("0x1.dfa88db1f1611p-30", "0x1.466071724c7efp-84"),
        ("-0x1.77c584fde0ea6p-33", "0x1.1e0f05b0a1668p-87"),
        ("-0x1.0b9b7346e9899p-32", "0x1.1aaca5458ff4ep-87"),
        ("0x1.28d47a9868970p-36", "-0x1.c1c768f731c22p-90"),
        ("0x1.2a7c39c30fc60p-35", "0x1.d67ba1199058cp-89"),
        ("-0x1.d6321bcda15dfp-40", "0x1.4c98e630283b1p-94"),
        ("-0x1.53b9863442cf3p-38", "0x1.06ebf9b909344p-92"),
    ),
)
"""The derivative of gelu about its root, from the first power on"""

SILU_DERIVATIVE: Final = _expansion(
    ("-0x1.474973c84120bp+0", "-0x1.f8d74bc9ac154p-54", "-0x1.44a50180ba780p-108"),
    (
        ("0x1.be1410460527fp-3", "-0x1.2541062177473p-58"),
        ("0x1.2c563458cc0adp-3", "-0x1.ae4095936c303p-57"),
        ("0x1.353eb573ca457p-6", "0x1.46b855da2e606p-60"),
        ("-0x1.f2d0e32bc2994p-7", "0x1.155818a10c18cp-61"),
        ("-0x1.b0f82c498fd2fp-8", "-0x1.79085e7c00db7p-63"),
        ("0x1.098e92b8f076dp-13", "-0x1.5040fe6e64011p-67"),
        ("0x1.a2a7caf0ee747p-11", "-0x1.4e26fd7c84362p-65"),
        ("0x1.8574d136d4cb4p-13", "-0x1.01d46fe42b972p-67"),
        ("-0x1.57238dca12615p-15", "0x1.c6b0da2ff4f6cp-76"),
        ("-0x1.f2d8976600f6fp-16", "0x1.acea7a2aa860fp-71"),
        ("-0x1.8af40fd30a2bcp-19", "0x1.09be9cac82f4ap-73"),
        ("0x1.3ae0f751df483p-19", "-0x1.3afc03ec7741fp-74"),
        ("0x1.cdb14ef8f6491p-21", "0x1.b622f27ce52b3p-75"),
        ("-0x1.061994e63271cp-25", "-0x1.54788cdd40fcbp-79"),
        ("-0x1.8dffda8a766aap-24", "0x1.7d92aaddd0fa4p-78"),
        ("-0x1.4450a9df8b6aep-26", "-0x1.ceafbc8a85de6p-81"),
        ("0x1.3d70fd01a98fbp-28", "-0x1.88e3d5145a9c5p-84"),
        ("0x1.9103906c85149p-29", "-0x1.041c21348df79p-85"),
        ("0x1.040416db972a2p-32", "0x1.555e889ec7d28p-86"),
        ("-0x1.ef14a65c75c02p-33", "-0x1.44367e9d85d50p-87"),
        ("-0x1.4a014ae69132cp-34", "0x1.c2902c752170dp-90"),
        ("0x1.195f6f53efc29p-38", "0x1.3ac72c54328f0p-92"),
        ("0x1.1afa918bb2cf1p-37", "0x1.f03aba4337a43p-92"),
        ("0x1.a1ca0af75ced5p-40", "0x1.10fb34d79c4b5p-94"),
        ("-0x1.d271103ec27abp-42", "-0x1.5d87ac8f74e15p-96"),
        ("-0x1.088c435a626d4p-42", "0x1.11b6ce348ba6ep-96"),
        ("-0x1.14fef7cd5c5d0p-46", "-0x1.0a963ffdc9dcdp-100"),
        ("0x1.4b6d12ddf47aap-46", "0x1.54bebd1043a28p-100"),
        ("0x1.9801d1739d44ap-48", "0x1.7bdcc48003612p-102"),
    ),
)
"""The derivative of silu about its root, from the first power on"""

SOFTPLUS_LESS_ONE: Final = _expansion(
    ("0x1.15288806261ccp-1", "-0x1.4e98fab9069acp-56", "0x1.ea6290c7e5dc9p-111"),
    (
        ("0x1.43a54e4e98864p-1", "0x1.ca8a4270fadf5p-57"),
        ("0x1.dc401c89a5ca4p-4", "-0x1.27e07871fe4d8p-60"),
        ("-0x1.4f962695c83b6p-7", "0x1.e6096e78af9bep-61"),
        ("-0x1.f5fca84296f77p-9", "-0x1.fd096d5418cefp-63"),
        ("0x1.e0b3c1296300fp-11", "-0x1.f608cc1ba9cc8p-66"),
        ("0x1.5b65c121a6eaep-13", "0x1.0ac395167446ap-67"),
        ("-0x1.4d283c97c74c2p-14", "-0x1.7efd7d8413610p-68"),
        ("-0x1.418ce8e9415c7p-18", "0x1.d687b1d29851bp-72"),
        ("0x1.b64fdde307874p-18", "0x1.d99187b195500p-72"),
        ("-0x1.0ba812b0e5e16p-22", "-0x1.4c87002c6b0fbp-78"),
        ("-0x1.0d55994dba0e2p-21", "-0x1.d6602f2e79e57p-78"),
        ("0x1.2a36b7a14e8ccp-24", "-0x1.577cabd1652dfp-79"),
        ("0x1.2c262ef062716p-25", "0x1.15709035a2d9dp-79"),
        ("-0x1.3ffbe6dee1fe4p-27", "0x1.3c1384904a2c9p-87"),
        ("-0x1.1a4813262fb9ep-29", "0x1.c81fd9b254039p-84"),
        ("0x1.14ca1ab847e43p-30", "0x1.51a1764633de0p-86"),
        ("0x1.543c2054bbd9bp-34", "-0x1.68bfe7df3a1e2p-88"),
        ("-0x1.a596b1c6a1ae0p-34", "0x1.c099f83367f25p-88"),
        ("0x1.9302f6d81b142p-39", "0x1.06c1678a0f3fap-93"),
        ("0x1.207d43d0d2cfdp-37", "-0x1.b8ae4cb680c0ap-92"),
        ("-0x1.31eb1f215cfcep-40", "0x1.c881ac0791333p-95"),
        ("-0x1.5eb011cfdb00fp-41", "0x1.07c27d5a99450p-96"),
        ("0x1.6ad18a2d98475p-43", "-0x1.ff045c503f4edp-98"),
        ("0x1.65f1f6516b029p-45", "-0x1.f8697dab9b765p-101"),
        ("-0x1.4ff9cfe7b6f29p-46", "0x1.f67c6f98f64eep-101"),
        ("-0x1.e9be591f606c9p-50", "0x1.1aa390d2b3614p-106"),
        ("0x1.0e023fe6475e6p-49", "0x1.1f3724de0602fp-103"),
        ("-0x1.573dfa643c3d4p-55", "-0x1.26c2afa5b337ep-110"),
        ("-0x1.82f4eb8cbe59bp-53", "-0x1.227a301add989p-107"),
    ),
)
"""softplus less 1 about log (e − 1), from the first power on"""

SOFTPLUS_STEPS: Final = _columns(
    (
        ("0x1.40c7abfbec124p-2", "0x1.d0189442c189fp-56", "0x1.136561454ba86p-2"),
        ("0x1.8c27e9bc22ee1p-2", "0x1.01cee1bc90150p-58", "0x1.4885610b9b828p-2"),
        ("0x1.e5746fdb5c064p-2", "-0x1.9775b0d9bffcfp-58", "0x1.829a0565978dfp-2"),
        ("0x1.26e18819b6b47p-1", "0x1.ab08246be3ec8p-61", "0x1.c054cda8768f9p-2"),
        ("0x1.62e42fefa39efp-1", "0x1.abc9e3b39803fp-56", "0x1.0000000000000p-1"),
        ("0x1.a6e18819b6b47p-1", "0x1.ab08246be3ec8p-61", "0x1.1fd5992bc4b83p-1"),
        ("0x1.f2ba37edae032p-1", "-0x1.9775b0d9bffcfp-58", "0x1.3eb2fd4d34391p-1"),
        ("0x1.2309fa6f08bb8p+0", "0x1.101cee1bc9015p-54", "0x1.5bbd4f7a323ecp-1"),
        ("0x1.5031eafefb049p+0", "0x1.d0189442c189fp-56", "0x1.764d4f5d5a2bdp-1"),
        ("0x1.807e6c9d4a29dp+0", "-0x1.20fc02261700dp-54", "0x1.8dfa3f55dc7cbp-1"),
        ("0x1.b38fd211ea842p+0", "-0x1.f4f661a46d666p-56", "0x1.a2991f2a97914p-1"),
        ("0x1.e904732e29354p+0", "-0x1.2519c243f64a4p-56", "0x1.b433285c6100bp-1"),
        ("0x1.103f2d54301d5p+1", "-0x1.ba3259ccee4fep-53", "0x1.c2f7d5a8a79cap-1"),
        ("0x1.2cd3918ab2313p+1", "0x1.954bc9b209ff9p-54", "0x1.cf2e5add226b5p-1"),
        ("0x1.4a190f0e6368ap+1", "-0x1.391118e7219b0p-56", "0x1.d9291ddb596f7p-1"),
        ("0x1.67ee8dd017217p+1", "-0x1.41e452e48dcf0p-53", "0x1.e13c52952723cp-1"),
        ("0x1.86381c3f0115cp+1", "0x1.2aac622d89742p-58", "0x1.e7b7cbc36fabcp-1"),
    )
)
"""softplus at −1, −3/4 … 3, the part of it that a float does not hold, and its derivative"""
