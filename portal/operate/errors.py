"""The one error of this package: something an operator can put right."""


class OperateError(Exception):
    """Says what is wrong and what to do about it, in words for whoever typed the command.

    The command line prints it without a traceback and exits with 1.
    """
