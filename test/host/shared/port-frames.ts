/** What two halves of the host say to each other about one message port. Runs in Node and in pages: no imports. */

/** Names one port end across processes; whoever creates the end makes it up (a UUID). */
export type PortId = string

export type PortFrame =
  | {
      readonly kind: 'message'
      /** `encode()`d. */
      readonly data: string
      /** Ends that travel with the message, in the order of the transfer list. */
      readonly ports: readonly PortId[]
    }
  | { readonly kind: 'close' }
