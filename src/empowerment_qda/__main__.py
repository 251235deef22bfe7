"""Where `qda` and `python -m empowerment_qda` begin."""

import signal
import sys


def main() -> None:
    """Run `qda`; Ctrl+C ends it with 130 and no traceback, also while its modules are still being loaded."""
    interrupts = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interrupts:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from empowerment_qda.cli import main as run

    try:
        if interrupts:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
