"""The table of all models beside the baselines, which fills as a student advances."""

import numpy as np
import pandas as pd


class Leaderboard:
    """Validation errors by model, in the order in which they were first added."""

    def __init__(self):
        self._rows: dict[str, tuple[float, bool]] = {}

    def add(self, name: str, mse: float, baseline: bool = False) -> None:
        """Set the mean squared error of `name`; a later value replaces an earlier one."""
        self._rows[name] = (float(mse), baseline)

    @property
    def rows(self) -> list[tuple[str, float, bool]]:
        """`(name, mean squared error, is it a baseline)`."""
        return [(name, mse, baseline) for name, (mse, baseline) in self._rows.items()]

    def table(self) -> pd.DataFrame:
        """MSE, its root in stars, and the gain on the first row, in percent of its MSE."""
        if not self._rows:
            return pd.DataFrame(columns=["MSE", "stars off (RMSE)", "gain on the first row"])
        mse = pd.Series({name: value for name, (value, _) in self._rows.items()}, name="MSE")
        gain = 100 * (1 - mse / mse.iloc[0])
        return pd.DataFrame(
            {
                "MSE": mse.round(4),
                "stars off (RMSE)": np.sqrt(mse).round(3),
                "gain on the first row": gain.map("{:+.1f} %".format),
            }
        )

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_string()
