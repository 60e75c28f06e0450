/// Files of real models to tensors to row blocks. Trusts no byte.
///
/// `Checkpoint.open(path)` -> a model folder, a safetensors, PyTorch or GGUF file, NumPy arrays, a
/// llama2.c model or word vectors -> `PackedMatrix`: the unembedding and the embedding, named,
/// shaped, tied or not, their padding known -> `RowBlocks`, read on demand. What is wrong with
/// a file is an `InputException` that names the place; what is merely odd is a note beside the
/// matrix.
///
/// A further format is a further case of the sealed `Checkpoint` or, if it holds named tensors, of
/// `TensorFiles`.
@NullMarked
package dev.superpose.checkpoint;

import org.jspecify.annotations.NullMarked;
