import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { PortMessageEvent } from '../../host/main-shim/message-port.ts'
import { MessageChannelMain, MessagePortMain, PortHub, type RemotePlace } from '../../host/main-shim/ports.ts'
import type { PortFrame, PortId } from '../../host/shared/port-frames.ts'

function channel(): [MessagePortMain, MessagePortMain] {
  const { port1, port2 } = new MessageChannelMain()
  return [port1, port2]
}

/** The data of everything that comes, in order; the port is started. */
function heardBy(port: MessagePortMain): unknown[] {
  const heard: unknown[] = []
  port.on('message', ({ data }: PortMessageEvent) => heard.push(data))
  port.on('close', () => heard.push('closed'))
  port.start()
  return heard
}

async function nextMessage(port: MessagePortMain): Promise<PortMessageEvent> {
  const next = once(port, 'message')
  port.start()
  const [event] = (await next) as [PortMessageEvent]
  return event
}

/** Several turns of the event loop: what was sent has arrived, through other places too. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate)
}

/** Two processes in one: frames between the hubs are text, and arrive in a later turn. */
function twoHubs(): { here: PortHub; there: PortHub; toThere: RemotePlace; toHere: RemotePlace } {
  const here = new PortHub()
  const there = new PortHub()
  const wire = (target: () => RemotePlace, hub: PortHub): RemotePlace => ({
    deliver(id: PortId, frame: PortFrame) {
      const text = JSON.stringify(frame)
      setImmediate(() => {
        hub.receive(id, JSON.parse(text) as PortFrame, target())
      })
    },
  })
  const toThere: RemotePlace = wire(() => toHere, there)
  const toHere: RemotePlace = wire(() => toThere, here)
  return { here, there, toThere, toHere }
}

describe('MessagePortMain', () => {
  it('queues until start, then delivers in order and not in the same turn', async () => {
    const [near, far] = channel()
    near.postMessage(1)
    near.postMessage(2)
    const heard: unknown[] = []
    far.on('message', ({ data }: PortMessageEvent) => heard.push(data))
    await settled()
    expect(heard).toEqual([])
    far.start()
    near.postMessage(3)
    expect(heard).toEqual([])
    await settled()
    expect(heard).toEqual([1, 2, 3])
  })

  it('copies the message when it is posted', async () => {
    const [near, far] = channel()
    const message = { list: [1] }
    near.postMessage(message)
    message.list.push(2)
    const event = await nextMessage(far)
    expect(event).toEqual({ data: { list: [1] }, ports: [] })
  })

  it('closes: at once here, at the other end after what was sent, and only once', async () => {
    const [near, far] = channel()
    const nearHeard = heardBy(near)
    const farHeard = heardBy(far)
    near.postMessage('last words')
    near.close()
    near.close()
    expect(nearHeard).toEqual(['closed'])
    near.postMessage('unheard')
    far.postMessage('unheard')
    await settled()
    expect(farHeard).toEqual(['last words', 'closed'])
    expect(nearHeard).toEqual(['closed'])
  })

  it('keeps the news of the close until the port is started', async () => {
    const [near, far] = channel()
    near.postMessage('kept')
    near.close()
    await settled()
    const heard = heardBy(far)
    await settled()
    expect(heard).toEqual(['kept', 'closed'])
  })

  it('goes on with the next message when a listener throws', async () => {
    const [near, far] = channel()
    const thrown: unknown[] = []
    const caught = (error: unknown): void => void thrown.push(error)
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException').on('uncaughtException', caught)
    try {
      far.once('message', () => {
        throw new Error('in the listener')
      })
      const heard = heardBy(far)
      near.postMessage('a')
      near.postMessage('b')
      await settled()
      expect(heard).toEqual(['b'])
      expect(thrown).toEqual([new Error('in the listener')])
    } finally {
      process.removeListener('uncaughtException', caught)
      for (const listener of others) process.on('uncaughtException', listener)
    }
  })

  it('is not moved by being sent through the other end of itself', async () => {
    const [near, far] = channel()
    near.postMessage('lost', [far])
    near.postMessage('lost too')
    far.start()
    const heard = heardBy(far)
    await settled()
    expect(heard).toEqual([])
  })
})

describe('ports in messages', () => {
  it('arrive unstarted, with what waited in them, and work', async () => {
    const [near, far] = channel()
    const [kept, sent] = channel()
    kept.postMessage('before')
    near.postMessage('take this', [sent])
    kept.postMessage('on the way')
    const { data, ports } = await nextMessage(far)
    expect(data).toBe('take this')
    const [arrived] = ports
    if (arrived === undefined) throw new Error('no port arrived')
    expect(arrived).toBeInstanceOf(MessagePortMain)
    expect(arrived).not.toBe(sent)
    const heard = heardBy(arrived)
    kept.postMessage('after')
    await settled()
    expect(heard).toEqual(['before', 'on the way', 'after'])
    const answers = heardBy(kept)
    arrived.postMessage('answer')
    await settled()
    expect(answers).toEqual(['answer'])
  })

  it('a port that was started and moved is silent where it was', async () => {
    const [near, far] = channel()
    const [kept, sent] = channel()
    const silent = heardBy(sent)
    kept.postMessage('for the new owner')
    near.postMessage(null, [sent])
    const { ports } = await nextMessage(far)
    expect(await nextMessage(ports[0] ?? sent)).toMatchObject({ data: 'for the new owner' })
    sent.postMessage('goes nowhere')
    expect(silent).toEqual([])
  })

  it('close their other ends when the message is lost with its port', async () => {
    const [near, far] = channel()
    const [kept, sent] = channel()
    const heard = heardBy(kept)
    near.postMessage(null, [sent])
    far.close()
    await settled()
    expect(heard).toEqual(['closed'])
    const [keptToo, sentToo] = channel()
    const heardToo = heardBy(keptToo)
    const [lone, gone] = channel()
    gone.close()
    lone.postMessage(null, [sentToo])
    await settled()
    expect(heardToo).toEqual(['closed'])
  })
})

describe('what Electron refuses', () => {
  const [port] = channel()

  it.each<[string, unknown, typeof Error, string]>([
    ['null in the list', [null], TypeError, 'Port at index 0 is not a valid port'],
    ['an ArrayBuffer', [new ArrayBuffer(1)], TypeError, 'Port at index 0 is not a valid port'],
    ['a port of the web', [new MessageChannel().port1], TypeError, 'Port at index 0 is not a valid port'],
    ['a list that is none', port, TypeError, 'transferables must be an array of MessagePorts'],
    ['undefined, said aloud', undefined, TypeError, 'transferables must be an array of MessagePorts'],
    ['itself', [port], Error, 'Port at index 0 contains the source port.'],
  ])('to transfer %s', (_, transfer, kind, message) => {
    const post = (): void => {
      port.postMessage(null, transfer as MessagePortMain[])
    }
    expect(post).toThrow(kind)
    expect(post).toThrow(message)
  })

  it('to transfer a port twice, and moves none of the others then', () => {
    const [near] = channel()
    const [one, two] = channel()
    expect(() => {
      near.postMessage(null, [one, two, one])
    }).toThrow('Port at index 2 is a duplicate.')
    near.postMessage(null, [one])
    expect(() => {
      near.postMessage(null, [two, one])
    }).toThrow('Port at index 1 is already neutered.')
    near.postMessage(null, [two])
  })

  it('to send what cannot be cloned, and keeps the ports then', () => {
    const [near] = channel()
    const [one] = channel()
    expect(() => {
      near.postMessage(() => undefined, [one])
    }).toThrow('An object could not be cloned.')
    near.postMessage(null, [one])
  })

  it('to post nothing at all', () => {
    expect(() => {
      Reflect.apply(port.postMessage.bind(port), undefined, [])
    }).toThrow(new TypeError('Expected at least one argument to postMessage'))
  })

  it('nothing, on a port that is closed: as in Electron it is still movable, and arrives closed', async () => {
    const [near, far] = channel()
    const [, closed] = channel()
    closed.close()
    closed.postMessage(() => undefined)
    near.postMessage(null, [closed])
    const { ports } = await nextMessage(far)
    const heard = heardBy(ports[0] ?? near)
    await settled()
    expect(heard).toEqual(['closed'])
  })
})

describe('PortHub', () => {
  it('carries a channel to another place: both ways, in order, waiting messages first', async () => {
    const { here, there, toThere, toHere } = twoHubs()
    const [kept, sent] = channel()
    kept.postMessage('waited')
    const id = here.handOver(sent, toThere)
    kept.postMessage('sent meanwhile')
    const arrived = there.adopt(id, toHere)
    const heard = heardBy(arrived)
    const answers = heardBy(kept)
    arrived.postMessage(new Float32Array([1]))
    await settled()
    kept.postMessage('sent later')
    kept.close()
    await settled()
    expect(heard).toEqual(['waited', 'sent meanwhile', 'sent later', 'closed'])
    expect(answers).toEqual([new Float32Array([1]), 'closed'])
  })

  it('makes the near end of a channel that was made there', async () => {
    const { here, there, toThere, toHere } = twoHubs()
    const [kept, sent] = channel()
    const near = here.adopt(there.handOver(sent, toHere), toThere)
    kept.postMessage('from there')
    expect(await nextMessage(near)).toMatchObject({ data: 'from there' })
    near.postMessage('from here')
    expect(await nextMessage(kept)).toMatchObject({ data: 'from here' })
    const heard = heardBy(near)
    kept.close()
    await settled()
    expect(heard).toEqual(['closed'])
  })

  it('carries ports inside the messages of ports, there and back', async () => {
    const { here, there, toThere, toHere } = twoHubs()
    const [kept, sent] = channel()
    const arrived = there.adopt(here.handOver(sent, toThere), toHere)
    const [inner, innerSent] = channel()
    inner.postMessage('first')
    kept.postMessage('with a port', [innerSent])
    const away = (await nextMessage(arrived)).ports[0] ?? arrived
    arrived.postMessage('and back', [away])
    const back = (await nextMessage(kept)).ports[0] ?? kept
    inner.postMessage('second')
    const heard = heardBy(back)
    await settled()
    expect(heard).toEqual(['first', 'second'])
    const answers = heardBy(inner)
    back.postMessage('answer')
    back.close()
    await settled()
    expect(answers).toEqual(['answer', 'closed'])
  })

  it('connects two other places through here', async () => {
    const left = twoHubs()
    const right = twoHubs()
    const hub = left.here
    const [one, two] = channel()
    // Both hubs of main are the same one: the right-hand wire is plugged into it.
    const toRight: RemotePlace = {
      deliver: (id, frame) => {
        setImmediate(() => {
          right.there.receive(id, frame, toMain)
        })
      },
    }
    const toMain: RemotePlace = {
      deliver: (id, frame) => {
        setImmediate(() => {
          hub.receive(id, frame, toRight)
        })
      },
    }
    const l = left.there.adopt(hub.handOver(one, left.toThere), left.toHere)
    const r = right.there.adopt(hub.handOver(two, toRight), toMain)
    const [inner, innerSent] = channel()
    l.postMessage('across', [innerSent])
    const { data, ports } = await nextMessage(r)
    expect(data).toBe('across')
    inner.postMessage('inner too')
    expect(await nextMessage(ports[0] ?? r)).toMatchObject({ data: 'inner too' })
  })

  it('takes back an end that the other place returns under its id', async () => {
    const { here, toThere } = twoHubs()
    const [kept, sent] = channel()
    const id = here.handOver(sent, toThere)
    await settled()
    const back = here.adopt(id, toThere)
    kept.postMessage('home again')
    expect(await nextMessage(back)).toMatchObject({ data: 'home again' })
  })

  it('closes every channel into a place that is gone', async () => {
    const { here, toThere } = twoHubs()
    const [kept, sent] = channel()
    const heard = heardBy(kept)
    const id = here.handOver(sent, toThere)
    await settled()
    here.dropped(toThere)
    here.receive(id, { kind: 'message', data: '[]', ports: [] }, toThere)
    await settled()
    expect(heard).toEqual(['closed'])
  })

  it('checks the whole transfer list before it moves one', () => {
    const { here, toThere } = twoHubs()
    const [one, two] = channel()
    here.handOver(one, toThere)
    expect(() => here.handOverAll([two, one], toThere)).toThrow('Port at index 1 is already neutered.')
    expect(here.handOverAll([two], toThere)).toHaveLength(1)
  })
})
