"""Reading other systems on EMR Serverless: these drivers alone are told their credentials."""

from __future__ import annotations

from pos_dags.emr import EmrJob
from pos_dags.settings import EmrServerless


class EmrExtract(EmrJob):
    """Of databases and of the weather service: the driver has the variables of ``extract_secrets``."""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | place.extract_secrets
