[assembly: AssemblyFixture(typeof(Testing.TorchFixture))]
