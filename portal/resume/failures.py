"""Why work that was given to a worker is not done."""


class WorkFailed(Exception):
    """The task did not finish, through no fault of the caller; the pool goes on."""


class WorkTimedOut(WorkFailed):
    """The task was stopped at its time limit, counted from when a worker took it up, or no worker was free in time."""


class WorkerLost(WorkFailed):
    """The worker died in the middle: killed, out of processor time, or crashed; or it answered what it may not."""


class WorkTooBig(WorkFailed):
    """The task needed more memory than a worker may have."""


class WorkBroken(WorkFailed):
    """The task raised an error nobody foresaw; the message says its kind and place, no values."""


class PoolClosed(WorkFailed):
    """The pool is not running."""


class NotConfined(WorkFailed):
    """This machine cannot confine a worker, so nothing is done; the message says what it lacks."""
