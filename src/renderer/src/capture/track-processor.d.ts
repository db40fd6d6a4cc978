/** The part of Chromium's MediaStreamTrackProcessor that is used; TypeScript's DOM library does not have it yet. */
declare class MediaStreamTrackProcessor {
  /** @param init `maxBufferSize` pieces wait for a reader that is held up; then the oldest are dropped. */
  constructor(init: { readonly track: MediaStreamTrack; readonly maxBufferSize: number })
  readonly readable: ReadableStream<AudioData>
}
