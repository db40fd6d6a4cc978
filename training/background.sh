#!/bin/sh
# Runs one of these scripts in WORK, in the background and at the lowest priority, for a machine that others use.
# usage: WORK=FOLDER background.sh NAME SCRIPT.py [ARGUMENT ...]     log: WORK/NAME.log, process id: WORK/NAME.pid
# PROCESSES=2 has torchrun start so many of it, which train.py makes use of.
# Pause, go on, end: kill -STOP, -CONT, -TERM $(cat WORK/NAME.pid); train.py saves itself before it ends.
set -e
name=$1
script=$(cd "$(dirname "$0")" && pwd)/$2
shift 2
cd "${WORK:?a folder outside the work tree}"
export OMP_WAIT_POLICY=passive OMP_NUM_THREADS="${THREADS:-1}" OPENBLAS_NUM_THREADS="${THREADS:-1}" PYTHONDONTWRITEBYTECODE=1
idle=$(command -v chrt >/dev/null && echo 'chrt -i 0' || true)
several=${PROCESSES:+"-m torch.distributed.run --nproc-per-node $PROCESSES"}
setsid nice -n 19 ionice -c3 $idle venv/bin/python $several "$script" "$@" >>"$name.log" 2>&1 </dev/null &
echo $! >"$name.pid"
