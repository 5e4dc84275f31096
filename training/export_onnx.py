"""The recognizer's network as ONNX: the very weights of the `.traineddata`, for onnxruntime.

    python -m training.export_onnx ingest/tessdata/saraban.traineddata ingest/tessdata/saraban.onnx
    python -m training.export_onnx --float ingest/tessdata/saraban.traineddata saraban-float.onnx    to compare with

Tesseract's file holds each row of weights as bytes with a scale. ONNX can say the same, so nothing is quantized twice.
What the layers hand on is quantized while they run, to the range that was seen, and this would let the lines of a
batch change one another's text. Therefore each layer has two outputs more, which are always +1 and -1: so the range is
the same for every line, and a line is read alike alone and among others.
"""

import argparse
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from ingest.recognition.line_normalization import HEIGHT, STEP
from training import lstm_file
from training.characters import characters

_SATURATED = 20.0
"""Bias whose tanh or sigmoid is 1 in single precision."""
_INT8, _ZERO = 127, 128
"""Greatest byte of Tesseract's, and what stands for nothing in an unsigned one."""
_CHANNELS = 18
"""What the convolution hands on: 16, and the two that are constant."""
OPSET = 17
"""Version of the operators: what onnxruntime 1.14 and later run."""
_SECONDS = 60.0

Weights = npt.NDArray[np.float64]


@dataclass(slots=True)
class GraphBuilder:
    """Nodes and constants of a graph as they come."""

    quantized: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, values: npt.ArrayLike, kind: npt.DTypeLike = np.float32) -> str:
        """Add a constant and return its name."""
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, kind), name))
        return name

    def node(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> list[str]:  # noqa: ANN401
        """Add a node and return the names of its outputs."""
        names = [f"{operator}{len(self.nodes)}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return names


def read_weights(traineddata: Path) -> list[Weights]:
    """Return the matrices of the network in a Tesseract file, bytes times scale.

    Raises:
        subprocess.CalledProcessError: It is no such file.
        ValueError: Its network is not of a kind that is known.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["combine_tessdata", "-u", str(traineddata), f"{folder}/model."]
        subprocess.run(command, check=True, timeout=_SECONDS, capture_output=True)  # noqa: S603
        return lstm_file.read(Path(folder) / "model.lstm").matrices


def build(matrices: Sequence[Weights], *, quantized: bool) -> onnx.ModelProto:
    """Return the network: lines in, the probability of each character at each step out.

    Inputs: `lines`, batch × 1 × 48 × width, as `normalize_line` gives them, zeros behind their ends; `steps`, the
    width of each line divided by 3. Output: `probabilities`, steps × batch × characters.
    """
    graph = GraphBuilder(quantized)
    conv, *rest = matrices
    seen = _convolved(graph, conv)
    read = _columns(graph, seen, rest[:4])
    read = _along(graph, read, rest[4:8], "forward")
    read = _along(graph, read, rest[8:12], "reverse")
    read = _along(graph, read, rest[12:16], "forward")
    scores = _linear(graph, read, rest[16])
    graph.nodes.append(helper.make_node("Softmax", [scores], ["probabilities"], axis=-1))
    inputs = [
        helper.make_tensor_value_info("lines", TensorProto.FLOAT, ["batch", 1, HEIGHT, "width"]),
        helper.make_tensor_value_info("steps", TensorProto.INT32, ["batch"]),
    ]
    result = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["time", "batch", len(rest[16])])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "line_network", inputs, [result], graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)],
        producer_name="saraban",
        ir_version=8,
    )
    helper.set_model_props(model, {"characters": "\n".join(characters())})
    onnx.checker.check_model(model)
    return model


def _convolved(graph: GraphBuilder, matrix: Weights) -> str:
    """Add the convolution, its two constant outputs, and the pool, which may stand before the tanh by monotony."""
    kernel = matrix[:, :9].reshape(-1, 3, 3).transpose(0, 2, 1)[:, None]
    kernel = np.concatenate([kernel, np.zeros((2, 1, 3, 3))])
    bias = np.concatenate([matrix[:, 9], [_SATURATED, -_SATURATED]])
    seen = graph.node("Conv", "lines", graph.constant(kernel), graph.constant(bias), pads=[1, 1, 1, 1])[0]
    pooled = graph.node("MaxPool", seen, kernel_shape=[STEP, STEP], strides=[STEP, STEP])[0]
    return graph.node("Tanh", pooled)[0]


def _columns(graph: GraphBuilder, seen: str, gates: Sequence[Weights]) -> str:
    """Add the layer that reads each column from top to bottom; it hands on its last state: steps × batch × 66."""
    batch, width = (
        graph.node("Gather", graph.node("Shape", seen)[0], graph.constant([place], np.int64))[0] for place in (0, 3)
    )
    ordered = graph.node("Transpose", seen, perm=[2, 3, 0, 1])[0]
    columns = graph.node("Reshape", ordered, graph.constant([HEIGHT // STEP, -1, _CHANNELS], np.int64))[0]
    count = graph.node("Mul", batch, width)[0]
    last = _lstm(graph, columns, gates, "forward", count)[1]
    shape = graph.node("Concat", width, batch, graph.constant([-1], np.int64), axis=0)[0]
    return graph.node("Reshape", last, shape)[0]


def _along(graph: GraphBuilder, read: str, gates: Sequence[Weights], direction: str) -> str:
    """Add a layer that reads along the line: steps × batch × features, both in and out."""
    batch = graph.node("Gather", graph.node("Shape", read)[0], graph.constant([1], np.int64))[0]
    states = _lstm(graph, read, gates, direction, batch, "steps")[0]
    return graph.node("Squeeze", states, graph.constant([1], np.int64))[0]


def _lstm(
    graph: GraphBuilder, read: str, gates: Sequence[Weights], direction: str, count: str, steps: str = ""
) -> list[str]:
    """Add a recurrent layer with two outputs more, which begin at +1 and -1 and stay there; return states and last."""
    cell, enter, forget, leave = gates
    units = len(cell)
    # The order of ONNX, and the bias that makes a gate of a constant output let nothing in, all out, and keep all.
    ordered = [_widened(gate, held) for gate, held in ((enter, -1), (leave, 1), (forget, 1), (cell, 0))]
    inputs, states, bias = (np.concatenate(parts) for parts in zip(*ordered, strict=True))
    scale = np.concatenate([np.append(_scales(gate), [1.0, 1.0]) for gate in (enter, leave, forget, cell)])
    biases = graph.constant(np.append(bias, np.zeros_like(bias))[None])
    begin = steps, _initial(graph, units, count, 1.0), _initial(graph, units, count, _SATURATED)
    form: dict[str, Any] = {"outputs": 2, "hidden_size": units + 2, "direction": direction}
    if not graph.quantized:
        weights = graph.constant(inputs[None]), graph.constant(states[None])
        return graph.node("LSTM", read, *weights, biases, *begin, **form)
    rows = (graph.constant(_bytes(part, scale).T[None], np.uint8) for part in (inputs, states))
    meaning = graph.constant(scale[None]), graph.constant(np.full((1, len(scale)), _ZERO), np.uint8)
    return graph.node(
        "DynamicQuantizeLSTM", read, *rows, biases, *begin, "", *meaning, *meaning, domain="com.microsoft", **form
    )


def _widened(gate: Weights, held: int) -> tuple[Weights, Weights, Weights]:
    """Return a gate's weights of inputs and of states, and its bias, with two units more that listen to nothing."""
    units = len(gate)
    features = gate.shape[1] - 1 - units
    inputs = np.pad(gate[:, :features], ((0, 2), (0, 2)))
    states = np.pad(gate[:, features:-1], ((0, 2), (0, 2)))
    return inputs, states, np.append(gate[:, -1], [held * _SATURATED] * 2)


def _scales(rows: Weights) -> Weights:
    """Return what a byte of each row stands for: Tesseract's own scales, for each of its rows holds a 127 or -127."""
    return np.asarray(np.abs(rows).max(axis=1) / _INT8)


def _bytes(rows: Weights, scale: Weights) -> Weights:
    """Return weights as unsigned bytes: with signed ones, processors without VNNI cut sums off at 16 bits."""
    return np.asarray(np.rint(rows / scale[:, None]) + _ZERO)


def _initial(graph: GraphBuilder, units: int, count: str, held: float) -> str:
    row = np.zeros((1, 1, units + 2))
    row[0, 0, units:] = held, -held
    shape = graph.node("Concat", graph.constant([1], np.int64), count, graph.constant([1], np.int64), axis=0)[0]
    return graph.node("Expand", graph.constant(row), shape)[0]


def _linear(graph: GraphBuilder, read: str, matrix: Weights) -> str:
    rows = np.concatenate([matrix[:, :-1], np.zeros((len(matrix), 2))], axis=1)
    bias = graph.constant(matrix[:, -1])
    if not graph.quantized:
        product = graph.node("MatMul", read, graph.constant(rows.T))[0]
        return graph.node("Add", product, bias)[0]
    scale = _scales(matrix)
    return graph.node(
        "DynamicQuantizeMatMul", read, graph.constant(_bytes(rows, scale).T, np.uint8), graph.constant(scale),
        graph.constant(np.full(len(scale), _ZERO), np.uint8), bias, domain="com.microsoft",
    )[0]  # fmt: skip


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--float", action="store_true", help="in floating point")
    arguments = parser.parse_args()
    model = build(read_weights(arguments.source), quantized=not arguments.float)
    arguments.target.write_bytes(model.SerializeToString())


if __name__ == "__main__":
    main()
