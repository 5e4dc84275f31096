"""The compact network as ONNX, its batch norms folded into the convolutions, for `ingest.recognition.line_network`.

python -m training.export_compact ingest/tessdata/compact.onnx
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

from ingest.recognition.line_normalization import HEIGHT
from training.characters import characters
from training.compact_network import MARGIN, STEP, CompactNetwork
from training.export_onnx import OPSET, GraphBuilder
from training.train_compact import CHECKPOINT

Weights = npt.NDArray[np.float32]


def build(network: CompactNetwork) -> onnx.ModelProto:
    """Return the network: lines in, the probability of each character at each step out.

    Inputs: `lines`, batch × 1 × 48 × width, zeros behind their ends, the last 16 columns of all; `steps`, the width of
    each line divided by 4. Output: `probabilities`, steps × batch × characters.
    """
    graph, seen = GraphBuilder(quantized=False), "lines"
    for convolution in network.convolutions:
        seen = _convolved(graph, seen, convolution)
    ordered = graph.node("Transpose", seen, perm=[3, 0, 1, 2])[0]
    columns = graph.node("Reshape", ordered, graph.constant([0, 0, -1], np.int64))[0]
    read = graph.node("Relu", _linear(graph, columns, network.column[0]))[0]
    for forth, back in zip(network.forth, network.back, strict=True):
        read = _both_ways(graph, read, forth, back)
    graph.nodes.append(helper.make_node("Softmax", [_linear(graph, read, network.out)], ["probabilities"], axis=-1))
    inputs = [
        helper.make_tensor_value_info("lines", TensorProto.FLOAT, ["batch", 1, HEIGHT, "width"]),
        helper.make_tensor_value_info("steps", TensorProto.INT32, ["batch"]),
    ]
    outputs = [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["time", "batch", len(characters())])]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "compact_network", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="saraban",
        ir_version=8,
    )
    says = {"characters": "\n".join(characters()), "step": str(STEP), "margin": str(MARGIN)}
    helper.set_model_props(model, says)
    onnx.checker.check_model(model)
    return model


def _convolved(graph: GraphBuilder, seen: str, layer: nn.Sequential) -> str:
    convolution, norm = layer[0], layer[1]
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    kernel, bias = convolution.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale
    down, across = convolution.padding
    constants = graph.constant(_array(kernel)), graph.constant(_array(bias))
    pads, strides = [down, across, down, across], list(convolution.stride)
    return graph.node("Relu", graph.node("Conv", seen, *constants, pads=pads, strides=strides)[0])[0]


def _linear(graph: GraphBuilder, read: str, layer: nn.Linear) -> str:
    product = graph.node("MatMul", read, graph.constant(_array(layer.weight.T)))[0]
    return graph.node("Add", product, graph.constant(_array(layer.bias)))[0]


def _both_ways(graph: GraphBuilder, read: str, forth: nn.LSTM, back: nn.LSTM) -> str:
    """Add two recurrent layers that read along the line and back: steps × batch × features, both in and out."""
    inputs, states, biases = (
        np.stack(parts) for parts in zip(*(_gates(layer) for layer in (forth, back)), strict=True)
    )
    constants = (graph.constant(part) for part in (inputs, states, biases))
    both = graph.node("LSTM", read, *constants, "steps", hidden_size=forth.hidden_size, direction="bidirectional")[0]
    beside = graph.node("Transpose", both, perm=[0, 2, 1, 3])[0]
    return graph.node("Reshape", beside, graph.constant([0, 0, -1], np.int64))[0]


def _gates(layer: nn.LSTM) -> tuple[Weights, Weights, Weights]:
    """Return weights of inputs and of states, and biases, in the order of ONNX: in, out, forget, cell."""

    def ordered(rows: torch.Tensor) -> Weights:
        enter, forget, cell, leave = np.split(_array(rows), 4)
        return np.concatenate([enter, leave, forget, cell])

    biases = np.concatenate([ordered(layer.bias_ih_l0), ordered(layer.bias_hh_l0)])
    return ordered(layer.weight_ih_l0), ordered(layer.weight_hh_l0), biases


def _array(values: torch.Tensor) -> Weights:
    return np.asarray(values.detach().numpy(), np.float32)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    arguments = parser.parse_args()
    network = CompactNetwork(len(characters()))
    network.load_state_dict(torch.load(arguments.checkpoint, weights_only=True)["average"])
    arguments.target.write_bytes(build(network).SerializeToString())


if __name__ == "__main__":
    main()
