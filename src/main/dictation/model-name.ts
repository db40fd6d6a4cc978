import type { ModelInfo } from '../../shared/worker-frames.ts'

/** What people call a model; one of their own keeps the name of its folder. */
export function modelName({ id }: Pick<ModelInfo, 'id'>): string {
  return id === 'starter-en' ? 'Basic English (built in)' : id
}
