/** electron-vite bundles the named file on its own and gives its path. */
declare module '*?modulePath' {
  const path: string
  export default path
}
