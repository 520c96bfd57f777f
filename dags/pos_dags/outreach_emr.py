"""Messages and answers on EMR Serverless: their driver alone is told the providers' secrets."""

from __future__ import annotations

from pos_dags.emr import EmrJob
from pos_dags.settings import EmrServerless


class EmrOutreach(EmrJob):
    """Its driver has the variables of ``outreach_secrets``."""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | place.outreach_secrets
