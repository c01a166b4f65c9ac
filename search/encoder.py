"""Turn texts into vectors whose cosine says how near their meanings are."""

import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from search.analysis import clean, runs, simplified
from search.engine import Baseline, SearchError, Vector

BUNDLED = "builtin-e5q4"
NORMALISER = 1  # raise it when `prepared` gives another text for the same text, so that vectors are made anew
QUERY_PROMPT = DOCUMENT_PROMPT = "query: "  # needs and offers are alike: one vector serves both directions
MAX_TOKENS = 512
BATCH = 32
CACHED_QUERIES = 4096
UNRELATED = Path(__file__).with_name("baseline.yaml")
LANGUAGES = ("zh", "en")
DOCUMENT_LANGUAGE = "zh"
SPECIAL_TOKENS = re.compile(r"</?s>|<mask>|<unk>|<pad>", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[。！？；!?;\n])")

Progress = Callable[[int], None]


class ModelMissing(SearchError):
    """The model's files are not there, or are not what this program was measured with."""


def prepared(text: str) -> str:
    """Return the text as the model reads it: Simplified, folded, without what the tokenizer takes for commands."""
    return simplified(SPECIAL_TOKENS.sub(" ", clean(text))).strip()


def language_of(text: str) -> str:
    """Tell which of the two languages a text is in: one Chinese character makes it Chinese."""
    return "zh" if any(is_han for _, is_han in runs(text)) else "en"


class Encoder:
    """A language model that is loaded when the first text comes, and may be used by many threads.

    `model` is the bundled one or any other that sentence-transformers reads: a folder, or an id that is already in
    its local cache. Models other than E5 are trained with other prompts, so these are settings too.
    """

    def __init__(
        self,
        model: str = BUNDLED,
        *,
        query_prompt: str = QUERY_PROMPT,
        document_prompt: str = DOCUMENT_PROMPT,
        max_tokens: int = MAX_TOKENS,
        threads: int = 1,
    ) -> None:
        self.model = model
        self.max_tokens = max_tokens
        self.threads = threads
        self._prompts = {"query": query_prompt, "document": document_prompt}
        self._loaded: Any = None
        self._loading = Lock()
        self._cache: OrderedDict[str, Vector] = OrderedDict()
        self._cache_lock = Lock()
        self._means: dict[tuple[str, str], Vector] = {}

    @property
    def fingerprint(self) -> str:
        """Name the function from text to vector: vectors of different fingerprints must not be compared."""
        parts = (_identity(self.model), *self._prompts.values(), str(self.max_tokens), str(NORMALISER))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    @property
    def is_ready(self) -> bool:
        """Tell whether the model is loaded, so that a text costs milliseconds and not seconds."""
        return self._loaded is not None

    def warm(self) -> None:
        """Load the model and the baselines now."""
        for language in LANGUAGES:
            self._mean(language, "query")

    @contextmanager
    def all_cores(self) -> Iterator[None]:
        """Compute on every core inside the block: right while nothing else runs, as when an index is made first."""
        self.warm()
        import torch  # loaded with the model by now

        torch.set_num_threads(os.cpu_count() or 1)
        try:
            yield
        finally:
            torch.set_num_threads(self.threads)

    def baseline(self, text: str) -> Baseline:
        """Return what vectors of the model have in common with those of any text in this text's language."""
        return Baseline(self._mean(language_of(text), "query"), self._mean(DOCUMENT_LANGUAGE, "document"))

    def _mean(self, language: str, prompt: str) -> Vector:
        key = (language, self._prompts[prompt])
        if key not in self._means:
            unrelated = yaml.safe_load(UNRELATED.read_text(encoding="utf-8"))[language]
            self._means[key] = np.asarray(self._encode(unrelated, prompt).mean(axis=0), dtype=np.float32)
        return self._means[key]

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, remembering the last few thousand of them."""
        cleaned = [prepared(text) for text in texts]
        with self._cache_lock:
            known = {text: self._cache[text] for text in cleaned if text in self._cache}
        missing = [text for text in dict.fromkeys(cleaned) if text not in known]
        known.update(zip(missing, self._encode(missing, "query"), strict=True))
        with self._cache_lock:
            for text in missing:
                self._cache[text] = known[text]
            while len(self._cache) > CACHED_QUERIES:
                self._cache.popitem(last=False)
        return np.stack([known[text] for text in cleaned]) if cleaned else np.empty((0, 0), np.float32)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text; `progress` hears how many more are done."""
        return self._encode([prepared(text) for text in texts], "document", progress)

    def _encode(self, texts: Sequence[str], prompt: str, progress: Progress | None = None) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, 0), np.float32)
        model = self._get()
        pieces = [(at, piece) for at, text in enumerate(texts) for piece in self._pieces(model, text)]
        # Texts of equal length share a batch, so that little of it is padding.
        pieces.sort(key=lambda item: len(item[1]))
        sums: NDArray[np.float32] | None = None
        for start in range(0, len(pieces), BATCH):
            batch = pieces[start : start + BATCH]
            vectors = model.encode(
                [text for _, text in batch], prompt_name=prompt, batch_size=BATCH, show_progress_bar=False
            )
            if sums is None:
                sums = np.zeros((len(texts), vectors.shape[1]), np.float32)
            np.add.at(sums, [at for at, _ in batch], _unit(vectors))
            if progress:
                progress(len(batch))
        assert sums is not None
        return _unit(sums)

    def _pieces(self, model: Any, text: str) -> list[str]:
        """Cut a text that the model cannot read at once into runs of whole sentences."""
        room = self.max_tokens - 16  # for the prompt and the two tokens around every text
        if len(text) <= room or _token_count(model, text) <= room:
            return [text]
        pieces = [""]
        length = 0
        for sentence in _sentences(text, room):
            count = _token_count(model, sentence)
            if length + count > room and pieces[-1]:
                pieces.append("")
                length = 0
            pieces[-1] += sentence
            length += count
        return pieces

    def _get(self) -> Any:
        if self._loaded is None:
            with self._loading:
                if self._loaded is None:
                    self._loaded = self._load()
        return self._loaded

    def _load(self) -> Any:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads do not survive a fork
        os.environ.setdefault("OMP_NUM_THREADS", str(self.threads))
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        # Importing torch and transformers takes five seconds and 400 MB, which commands that never search are spared.
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(self.threads)
        options: dict[str, Any] = {"prompts": self._prompts, "similarity_fn_name": "cosine", "device": "cpu"}
        if self.model == BUNDLED:
            from search.bundled_model import E5Q4Torch

            return SentenceTransformer(modules=[E5Q4Torch()], **options)
        try:
            model = SentenceTransformer(self.model, local_files_only=True, model_kwargs={"dtype": "float32"}, **options)
        except (OSError, ValueError) as error:
            raise ModelMissing(f"There is no sentence-transformers model at {self.model!r} on this machine.") from error
        if isinstance(model.max_seq_length, int):  # models without positions read texts of any length
            model.max_seq_length = min(self.max_tokens, model.max_seq_length)
        return model


def _identity(model: str) -> str:
    """Name a model by its content as far as that is cheap: a folder by its files' names and sizes."""
    folder = Path(model)
    if not folder.is_dir():
        return model
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}" for path in files)


def _token_count(model: Any, text: str) -> int:
    tokenizer = model.tokenizer
    if hasattr(tokenizer, "encode_batch"):
        return len(tokenizer.encode(text, add_special_tokens=False).ids)
    return len(tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])


def _sentences(text: str, longest: int) -> Iterator[str]:
    for sentence in SENTENCE_END.split(text):
        for start in range(0, len(sentence), longest):
            yield sentence[start : start + longest]


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
