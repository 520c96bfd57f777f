"""Reading other systems on EMR Serverless: each driver is told the credentials of its own system alone."""

from __future__ import annotations

from pos_dags.emr import EmrJob
from pos_dags.settings import EmrServerless


class EmrExtract(EmrJob):
    """Of databases: the driver has the variables of ``extract_secrets``."""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | place.extract_secrets


class EmrLocalEvents(EmrJob):
    """Of the sources of local events: the driver has the variables of ``local_events_secrets``."""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | place.local_events_secrets


class EmrWeather(EmrJob):
    """Of the weather service: the driver has the variables of ``weather_secrets``."""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | place.weather_secrets
