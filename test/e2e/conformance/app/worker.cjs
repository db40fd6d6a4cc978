/** The utility process of the conformance tests: does what each message names in `do`. */
const { parentPort } = process

const actions = {
  echo: ({ value }) => parentPort.postMessage({ kind: value?.constructor?.name, value }),
  describe: () =>
    parentPort.postMessage({ args: process.argv.slice(2), env: process.env.CONFORMANCE, cwd: process.cwd() }),
  print: ({ out, err }) => process.stdout.write(out, () => process.stderr.write(err)),
  exit: ({ code }) => process.exit(code),
  handleSigterm: ({ code }) => {
    process.on('SIGTERM', () => process.exit(code))
    parentPort.postMessage('ready')
  },
  fail: () => {
    throw new Error('on purpose')
  },
  abort: () => process.abort(),
  postFunction: () => {
    try {
      parentPort.postMessage(() => undefined)
    } catch (error) {
      parentPort.postMessage(error.message)
    }
  },
  double: (_message, [port]) => {
    port.on('message', ({ data }) => port.postMessage(data * 2))
    port.start()
  },
  passOn: (_message, [way, port]) => way.postMessage('a port for you', [port]),
}

parentPort.on('message', ({ data, ports }) => actions[data.do](data, ports))
