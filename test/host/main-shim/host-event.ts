/** The event object that Electron hands to listeners: they may prevent what would happen next. */
import type Electron from 'electron'

class HostEvent {
  #prevented = false

  get defaultPrevented(): boolean {
    return this.#prevented
  }

  preventDefault(): void {
    this.#prevented = true
  }
}

export function hostEvent(): Electron.Event
export function hostEvent<Details extends object>(details: Details): Electron.Event & Details
export function hostEvent(details: object = {}): Electron.Event {
  // Not Object.assign: a getter among the details has to stay one.
  return Object.defineProperties(new HostEvent(), Object.getOwnPropertyDescriptors(details))
}
