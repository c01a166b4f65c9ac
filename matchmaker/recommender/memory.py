"""What was worked out before and may be asked for again, up to a number of answers, for all threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Memory:
    """Answers by key, the longest unused of which is forgotten first."""

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._lock = Lock()
        self._known: OrderedDict[Hashable, Any] = OrderedDict()

    def recall(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return the answer to a key, made now if it isn't known; it must hang on nothing but the key."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        # Two threads may make the same answer at once, which costs less than waiting for each other.
        made = make()
        with self._lock:
            self._known[key] = made
            self._known.move_to_end(key)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return made

    def __len__(self) -> int:
        """Count the answers that are known."""
        return len(self._known)
