"""Makes cyclic_lr.json: torch.optim.lr_scheduler.CyclicLR, rate and momentum of each step."""
import json, pathlib, warnings
import torch

warnings.simplefilter("ignore")
STEPS = 40
CASES = [
    dict(base_lr=0.001, max_lr=0.1, step_size_up=5),
    dict(base_lr=0.01, max_lr=0.2, step_size_up=4, step_size_down=7, mode="triangular2"),
    dict(base_lr=0.02, max_lr=0.3, step_size_up=6, step_size_down=3, mode="exp_range", gamma=0.97,
         base_momentum=0.7, max_momentum=0.95),
]
out = []
for args in CASES:
    p = torch.nn.Parameter(torch.zeros(1))
    sgd = torch.optim.SGD([p], lr=1, momentum=0.5)
    schedule = torch.optim.lr_scheduler.CyclicLR(sgd, **args)
    rates, momenta = [], []
    for _ in range(STEPS):
        rates.append(float(sgd.param_groups[0]["lr"]))
        momenta.append(float(sgd.param_groups[0]["momentum"]))
        sgd.step()
        schedule.step()
    out.append(dict(args=args, rates=rates, momenta=momenta))
path = pathlib.Path(__file__).with_name("cyclic_lr.json")
path.write_text(json.dumps(dict(torch=torch.__version__, cases=out)) + "\n")
