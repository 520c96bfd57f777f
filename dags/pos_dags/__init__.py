"""What the DAG files share.

plan, settings  the night and its configuration, typed, from the generated module ``compiled``
compile         writes that module from conf/ and the jobs' own declarations
request         what a run is asked to do: as-of date, selected jobs
outcome         exit codes of a job, and what Airflow makes of them
place           the operator of a job where it runs: local, cluster, emr-serverless
notify          who hears of it

DAG files read no file and open no connection when they are parsed; a test holds them to it.
"""
