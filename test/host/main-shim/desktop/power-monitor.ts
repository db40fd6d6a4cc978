/** `electron.powerMonitor`: nothing sleeps by itself here; tests send the events and say how long nobody typed. */
import type Electron from 'electron'
import { hostEvent } from '../host-event.ts'
import { StrictEmitter } from '../not-in-host.ts'

type Members = 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'

class PowerMonitor extends StrictEmitter implements Pick<Electron.PowerMonitor, Members> {
  onBatteryPower = false
  #idleSeconds = 0

  static setIdleSeconds(monitor: PowerMonitor, seconds: number): void {
    monitor.#idleSeconds = seconds
  }

  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }

  getSystemIdleTime(): number {
    return this.#idleSeconds
  }

  getSystemIdleState(idleThreshold: number): 'active' | 'idle' {
    if (!(idleThreshold > 0)) throw new TypeError('Invalid idle threshold, must be greater than 0')
    return this.#idleSeconds >= idleThreshold ? 'idle' : 'active'
  }
}

export const powerMonitor = new PowerMonitor('powerMonitor')

export type PowerEvent =
  | 'suspend'
  | 'resume'
  | 'lock-screen'
  | 'unlock-screen'
  | 'shutdown'
  | 'on-ac'
  | 'on-battery'
  | 'user-did-become-active'
  | 'user-did-resign-active'

/** True when a listener prevented what would follow, which `shutdown` alone allows. */
export function emitPower(event: PowerEvent): boolean {
  if (event === 'on-ac' || event === 'on-battery') powerMonitor.onBatteryPower = event === 'on-battery'
  const details = hostEvent()
  powerMonitor.emit(event, ...(event === 'shutdown' ? [details] : []))
  return details.defaultPrevented
}

export function setIdleSeconds(seconds: number): void {
  PowerMonitor.setIdleSeconds(powerMonitor, seconds)
}
