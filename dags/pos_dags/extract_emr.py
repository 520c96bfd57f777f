"""The reading of databases on EMR Serverless: its driver alone is told their credentials."""

from __future__ import annotations

from pos_dags.emr import EmrJob
from pos_dags.settings import EmrServerless


class EmrExtract(EmrJob):
    """Its driver has the variables of ``extract_secrets``."""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | place.extract_secrets
