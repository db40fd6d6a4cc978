import { platformNamed } from '../../../../shared/key-conflicts.ts'

/** Keys have other names on other systems. */
export const PLATFORM = platformNamed(navigator.platform)
