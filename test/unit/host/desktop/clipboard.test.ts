import { afterEach, describe, expect, it } from 'vitest'
import { ClipboardItem } from '../../../host/main-shim/desktop/clipboard-item.ts'
import { clipboard } from '../../../host/main-shim/desktop/clipboard.ts'

afterEach(() => {
  clipboard.clear()
})

describe('clipboard', () => {
  it('is empty at first: no text, no items', async () => {
    expect(await clipboard.readText()).toBe('')
    expect(await clipboard.read()).toEqual([])
    expect(await clipboard.has('text/plain')).toBe(false)
  })

  it('keeps the last text', async () => {
    await clipboard.writeText('one')
    await clipboard.writeText('two\n')
    expect(await clipboard.readText()).toBe('two\n')
    expect(await clipboard.has('text/plain')).toBe(true)
  })

  it('keeps the formats of an item, whatever they were made of, and replaces what was there', async () => {
    await clipboard.writeText('old')
    const bookmark = { title: 'Steno', url: 'https://example.org' }
    const item = new ClipboardItem({
      'text/html': Promise.resolve('<b>x</b>'),
      'image/png': new Blob([new Uint8Array([1, 2])]),
      'electron application/bookmark': bookmark,
    })
    await clipboard.write([item])
    const [read] = await clipboard.read()
    expect(read?.types).toEqual(['text/html', 'image/png', 'electron application/bookmark'])
    const html = (await read?.getType('text/html')) as Blob
    expect(await html.text()).toBe('<b>x</b>')
    expect(await read?.getType('electron application/bookmark')).toEqual(bookmark)
    expect(await clipboard.readText()).toBe('')
  })

  it('is left alone by a write that fails', async () => {
    await clipboard.writeText('kept')
    const broken = new ClipboardItem({ 'text/plain': Promise.reject(new Error('no payload')) })
    await expect(clipboard.write([broken])).rejects.toThrow('no payload')
    expect(await clipboard.readText()).toBe('kept')
  })

  it.runIf(process.platform === 'linux')('has a selection of its own on Linux', async () => {
    await clipboard.selection?.writeText('selected')
    expect(await clipboard.readText()).toBe('')
    expect(await clipboard.selection?.readText()).toBe('selected')
  })
})

describe('ClipboardItem', () => {
  it('rejects a type it does not have and a payload that is none', async () => {
    const item = new ClipboardItem({ 'text/plain': Buffer.from('bytes') as never })
    await expect(item.getType('text/html')).rejects.toThrow(TypeError)
    await expect(item.getType('text/plain')).rejects.toThrow(TypeError)
    expect(() => new ClipboardItem({})).toThrow(TypeError)
  })
})
