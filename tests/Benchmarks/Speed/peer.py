"""PyTorch's training of one benchmark network: peer.py NETWORK WAY DEVICE THREADS. Says its version, then for each line on standard input, a number of steps,
the wall and processor seconds that they took. Eager SGD with its own DataLoader over images that are standardised already."""
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(0)
from torch import nn
import torch.nn.functional as F

network, way, device, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
if way == "compile" and not hasattr(torch, "compile"):
    sys.exit(0)
torch.set_num_threads(threads)
torch.manual_seed(1)
BATCH = 128


def scaled(channels, width):
    return max(4, round(channels * width))


class ConvNorm(nn.Sequential):
    def __init__(self, i, o, k, stride=1, bias=False):
        super().__init__(nn.Conv2d(i, o, k, stride, k // 2, bias=bias), nn.BatchNorm2d(o))


def vgg(width, channels):
    layers = []
    for o, n in ((64, 1), (128, 1), (256, 2), (512, 2), (512, 2)):
        for _ in range(n):
            layers += [*ConvNorm(channels, scaled(o, width), 3, bias=True), nn.ReLU(True)]
            channels = scaled(o, width)
        layers.append(nn.MaxPool2d(2))
    hidden = scaled(4096, width)
    head = [nn.Linear(channels, hidden), nn.BatchNorm1d(hidden), nn.ReLU(True), nn.Linear(hidden, hidden), nn.BatchNorm1d(hidden), nn.ReLU(True), nn.Linear(hidden, 10)]
    return nn.Sequential(*layers, nn.Flatten(), *head)


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.a, self.b = ConvNorm(i, o, 3, stride), ConvNorm(o, o, 3)
        self.short = ConvNorm(i, o, 1, stride) if stride > 1 or i != o else nn.Identity()

    def forward(self, x):
        return F.relu_(self.b(F.relu_(self.a(x))) + self.short(x))


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def resnet(width, channels, small):
    c = scaled(64, width)
    layers = [ConvNorm(channels, c, 3), nn.ReLU(True)] if small else [ConvNorm(channels, c, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)]
    for k, o in enumerate((64, 128, 256, 512)):
        for j in range(2):
            layers.append(Block(c, scaled(o, width), 2 if k and not j else 1))
            c = scaled(o, width)
    return nn.Sequential(*layers, Mean(), nn.Linear(c, 10))


class Dense(nn.Module):
    def __init__(self, i, growth):
        super().__init__()
        self.norm, self.conv = nn.BatchNorm2d(i), nn.Conv2d(i, growth, 3, padding=1, bias=False)

    def forward(self, x):
        return torch.cat((x, self.conv(F.relu_(self.norm(x)))), 1)


def densenet(width, channels, small):
    growth = scaled(12, width)
    c = 2 * growth
    layers = [nn.Conv2d(channels, c, 3, padding=1, bias=False)] if small else [ConvNorm(channels, c, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)]
    for block in range(3):
        if block:
            layers += [nn.BatchNorm2d(c), nn.ReLU(True), nn.Conv2d(c, c, 1, bias=False), nn.AvgPool2d(2)]
        for _ in range(12):
            layers.append(Dense(c, growth))
            c += growth
    return nn.Sequential(*layers, nn.BatchNorm2d(c), nn.ReLU(True), Mean(), nn.Linear(c, 10))


NETWORKS = {
    "vgg11": (lambda: vgg(1, 3), 3),
    "resnet18": (lambda: resnet(1, 3, True), 3),
    "densenet40": (lambda: densenet(1, 3, True), 3),
    "vgg11-narrow": (lambda: vgg(0.125, 1), 1),
    "resnet18-narrow": (lambda: resnet(0.25, 1, False), 1),
    "densenet40-narrow": (lambda: densenet(0.34, 1, False), 1),
    "densenet40-narrow-small-stem": (lambda: densenet(0.34, 1, True), 1),
}

make, channels = NETWORKS[network]
net = make().to(device).train()
parameters = sum(p.numel() for p in net.parameters())
layout = torch.channels_last if "channels-last" in way or way == "compile" else torch.contiguous_format
net = net.to(memory_format=layout)
if way == "compile":
    net = torch.compile(net)
sgd = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
images = torch.utils.data.TensorDataset(torch.randn(2 * BATCH, channels, 32, 32), torch.arange(2 * BATCH) % 10)


def batches():
    while True:
        yield from torch.utils.data.DataLoader(images, BATCH, shuffle=True, pin_memory=device != "cpu")


source = batches()
print(f"PyTorch {torch.__version__}, {parameters} parameters", flush=True)
for line in sys.stdin:
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(int(line)):
        x, y = next(source)
        x, y = x.to(device, non_blocking=True, memory_format=layout), y.to(device, non_blocking=True)
        sgd.zero_grad(set_to_none=True)
        with torch.autocast(device, torch.bfloat16, enabled="bf16" in way):
            logits = net(x)
        loss = F.cross_entropy(logits.float(), y)
        loss.backward()
        sgd.step()
    loss.item()
    print(time.perf_counter() - wall, time.process_time() - processor, flush=True)
