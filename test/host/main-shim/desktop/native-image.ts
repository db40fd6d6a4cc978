/**
 * `electron.nativeImage` without pixels: an image is the PNG file it came from and a size in DIP. What would need
 * pixels that are not there (a PNG of a resized image, other formats) throws NotInHost.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import type Electron from 'electron'
import { NotInHost } from '../not-in-host.ts'

type Members = 'isEmpty' | 'toPNG' | 'toDataURL' | 'getSize' | 'getAspectRatio' | Template
type Template = 'setTemplateImage' | 'isTemplateImage' | 'isMacTemplateImage'

/** `icon@2x.png` holds twice the pixels of its size (docs/api/native-image.md, "High resolution image"). */
const SCALE_SUFFIX = /@(\d(?:\.\d+)?)x\.[^.]+$/

export class NativeImage implements Pick<Electron.NativeImage, Members> {
  /** Means something on macOS only. */
  isMacTemplateImage = false
  readonly #png: Buffer
  readonly #size: Electron.Size

  private constructor(png: Buffer, size: Electron.Size) {
    this.#png = png
    this.#size = size
  }

  static createEmpty(): NativeImage {
    return new NativeImage(Buffer.alloc(0), { width: 0, height: 0 })
  }

  /** Empty when there is no such file or no image in it. */
  static createFromPath(path: string): NativeImage {
    const scaleFactor = Number(SCALE_SUFFIX.exec(path)?.[1] ?? 1)
    try {
      return NativeImage.createFromBuffer(readFileSync(path), { scaleFactor })
    } catch (error) {
      if (error instanceof NotInHost) throw error
      return NativeImage.createEmpty()
    }
  }

  static createFromBuffer(
    buffer: Buffer,
    { scaleFactor = 1 }: Electron.CreateFromBufferOptions = {},
  ): NativeImage {
    const pixels = pngSize(buffer)
    if (pixels === undefined) return NativeImage.createEmpty()
    const size = {
      width: Math.round(pixels.width / scaleFactor),
      height: Math.round(pixels.height / scaleFactor),
    }
    return new NativeImage(Buffer.from(buffer), size)
  }

  static createFromDataURL(dataURL: string): NativeImage {
    const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(dataURL) ?? []
    return NativeImage.createFromBuffer(Buffer.from(base64 ?? '', 'base64'))
  }

  isEmpty(): boolean {
    return this.#png.length === 0
  }

  /** As it came, if that is what is asked for: at another scale than its own it would have to be drawn anew. */
  toPNG({ scaleFactor = 1 }: Electron.ToPNGOptions = {}): Buffer {
    const pixels = pngSize(this.#png)
    if (pixels !== undefined && pixels.width !== Math.round(this.#size.width * scaleFactor)) {
      throw new NotInHost('nativeImage.toPNG at another scale')
    }
    return Buffer.from(this.#png)
  }

  toDataURL(options?: Electron.ToDataURLOptions): string {
    return `data:image/png;base64,${this.toPNG(options).toString('base64')}`
  }

  getSize(): Electron.Size {
    return { ...this.#size }
  }

  getAspectRatio(): number {
    return this.isEmpty() ? 1 : this.#size.width / this.#size.height
  }

  /** One side alone keeps the proportions. */
  resize({ width, height }: Electron.ResizeOptions): NativeImage {
    const ratio = this.getAspectRatio()
    const size = {
      width: width ?? Math.round((height ?? this.#size.height) * ratio),
      height: height ?? Math.round((width ?? this.#size.width) / ratio),
    }
    return new NativeImage(this.#png, size)
  }

  setTemplateImage(option: boolean): void {
    if (process.platform === 'darwin') this.isMacTemplateImage = option
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage
  }
}

/** Width and height from the header of a PNG (its first chunk is IHDR); undefined for what is no image. */
function pngSize(file: Buffer): Electron.Size | undefined {
  if (file.length >= 24 && file.toString('latin1', 1, 4) === 'PNG') {
    return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
  }
  if (file.length >= 3 && file.readUIntBE(0, 3) === 0xffd8ff) throw new NotInHost('nativeImage of a JPEG')
  return undefined
}
