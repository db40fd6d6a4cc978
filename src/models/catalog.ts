/** Published models that Steno reads, where they lie, and what is known of their files. */
import type { RemoteFile } from './download.ts'

export interface PublishedModel {
  readonly name: string
  /** Owner and name on the hub. */
  readonly repository: string
  /** A commit; `main` where none was pinned yet, and then what comes may change. */
  readonly revision: string
  readonly files: readonly PublishedFile[]
}

export interface PublishedFile {
  readonly path: string
  readonly sha256?: string
}

export const HUB = 'https://huggingface.co'

/** @param base of the hub or of a mirror of it, without a slash at its end. */
export function remoteFiles({ repository, revision, files }: PublishedModel, base = HUB): RemoteFile[] {
  return files.map((file) => ({ ...file, url: `${base}/${repository}/resolve/${revision}/${file.path}` }))
}

/** The layout of transformers.js, in 8 bits. */
function seq2seq(hashes: Readonly<Record<string, string>> = {}): PublishedFile[] {
  const paths = [
    'config.json',
    'generation_config.json',
    'tokenizer.json',
    'onnx/encoder_model_quantized.onnx',
    'onnx/decoder_model_merged_quantized.onnx',
  ]
  return paths.map((path) => {
    const sha256 = hashes[path]
    return sha256 === undefined ? { path } : { path, sha256 }
  })
}

export const PUBLISHED: readonly PublishedModel[] = [
  {
    name: 'whisper-base',
    repository: 'onnx-community/whisper-base',
    revision: '27a07b4b52b3a4c5886134bb4320e93e1a4bbc7c',
    files: seq2seq({
      'config.json': 'f4d0608f7d918166da7edb3e188de5ef1bfe70d9802e785d271fd88111e9cf4b',
      'generation_config.json': '61070cf8de25b1e9256e8e102ded49d8d24a8369ed36ef84fdf21549e68125a0',
      'onnx/encoder_model_quantized.onnx': '5862993336bf33acd23736071aae2b32261d3b1b2f37780194460d4ef974dd46',
      'onnx/decoder_model_merged_quantized.onnx':
        'fa3ef9902734ce5ae6f9ef2bdb2ba9a6c4b5785b09f4f420ce036573dc9d090b',
    }),
  },
  {
    name: 'moonshine-base',
    repository: 'onnx-community/moonshine-base-ONNX',
    revision: 'main',
    files: seq2seq(),
  },
  {
    name: 'parakeet-tdt-0.6b-v3',
    repository: 'istupakov/parakeet-tdt-0.6b-v3-onnx',
    revision: '8f23f0c03c8761650bdb5b40aaf3e40d2c15f1ce',
    files: ['encoder-model.int8.onnx', 'decoder_joint-model.int8.onnx', 'vocab.txt', 'config.json'].map(
      (path) => ({ path }),
    ),
  },
  {
    name: 'zipformer-en-66m',
    repository: 'csukuangfj/sherpa-onnx-streaming-zipformer-en-2023-06-26',
    revision: 'main',
    files: [
      {
        path: 'encoder-epoch-99-avg-1-chunk-16-left-64.int8.onnx',
        sha256: '0d072fd4ef956294ba9db9e9a71a541ac70659095ec4934c8453d8b2fe740187',
      },
      { path: 'decoder-epoch-99-avg-1-chunk-16-left-64.onnx' },
      { path: 'joiner-epoch-99-avg-1-chunk-16-left-64.onnx' },
      { path: 'tokens.txt' },
    ],
  },
  {
    name: 'sense-voice-small',
    repository: 'csukuangfj/sherpa-onnx-sense-voice-zh-en-ja-ko-yue-2024-07-17',
    revision: 'main',
    files: [{ path: 'model.int8.onnx' }, { path: 'tokens.txt' }],
  },
]
