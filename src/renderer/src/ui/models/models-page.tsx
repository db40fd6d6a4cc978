/** The models there are, what becomes of them, which reads what, and how they compare. */
import type { ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { counted } from '../words/format.ts'
import { bytesOnDisk, installed } from '../words/model-list.ts'
import { size } from '../words/models.ts'
import { Comparison } from './comparison.tsx'
import { ImportAndMirror } from './import-and-mirror.tsx'
import { ModelList } from './model-list.tsx'
import { WhichReads } from './which-reads.tsx'

export function ModelsPage(): ReactElement {
  const models = useAppStore((state) => state.models)
  const disk = models.reduce((sum, row) => sum + bytesOnDisk(row), 0)
  return (
    <div className="page">
      <header className="page-head">
        <h1>Models</h1>
        <p className="field-detail">
          A model turns your speech into text, on this computer. {counted(installed(models).length, 'model')}{' '}
          here, {size(disk)} on disk.
        </p>
      </header>
      <ModelList />
      <WhichReads />
      <Comparison />
      <ImportAndMirror />
    </div>
  )
}
