import { useCallback, useRef, type RefCallback } from 'react'

/**
 * A ref for a control that may go while it has the focus: the focus then goes to `heir` instead of nowhere.
 * React lets go of a ref before it takes the element away.
 */
export function useHandOver(heir: () => HTMLElement | null): RefCallback<HTMLElement> {
  const latest = useRef(heir)
  latest.current = heir
  return useCallback(
    (control: HTMLElement | null) => () => {
      if (control !== null && document.activeElement === control) latest.current()?.focus()
    },
    [],
  )
}
