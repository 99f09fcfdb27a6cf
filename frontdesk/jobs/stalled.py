"""Jobs whose worker died: ended as failed, so that the conversation's next job can run.

They are not retried: a retry of one whose queueing lock a newer waiting job holds would violate that lock and
leave the conversation dead. The sweep over unanswered conversations wakes what is still to be done.
"""

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status


async def end_stalled_jobs(app: App, silent_seconds: float) -> int:
    """End the running jobs of workers without a heartbeat for this long; return how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    ended = 0
    for job in stalled:
        try:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        except ConnectorException:
            continue  # another sweep was faster, or its worker finished it after all
        ended += 1
    return ended
